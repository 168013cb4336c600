from fastapi.testclient import TestClient


def test_an_unknown_address_is_a_problem_with_the_version_of_the_api(client: TestClient) -> None:
    answer = client.get("/nergens")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["api-version"] == "0.1.0"
    assert set(answer.json()) == {"type", "title", "status", "detail"}
