"""The dashboard as a web application: `streamlit run dashboard/streamlit_app.py`; ZORG_API_URL says where the API is.

Streamlit finds `.streamlit/config.toml` beside this file, whatever the working directory is.
"""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from dashboard.door import NumberedBrowsers, provider_of
from dashboard.server import DutchPage
from dashboard.settings import Settings

settings = Settings()
around = [Middleware(DutchPage, over_tls=settings.dashboard_url.startswith("https://"))]
if settings.environment == "demo":
    around.append(Middleware(NumberedBrowsers))

app = st.App(Path(__file__).with_name("screens.py"), middleware=around, secrets=provider_of(settings))
