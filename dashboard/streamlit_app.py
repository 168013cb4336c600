"""The dashboard as a web application: `streamlit run dashboard/streamlit_app.py`; ZORG_API_URL says where the API is.

Streamlit finds `.streamlit/config.toml` beside this file, whatever the working directory is.
"""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from dashboard.server import DutchPage

app = st.App(Path(__file__).with_name("screens.py"), middleware=[Middleware(DutchPage)])
