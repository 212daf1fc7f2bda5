"""A whole process: `once.py CLIENT import|dial ORIGIN [CA]`. Each way is what a person would write."""

import sys

client, what, *where = sys.argv[1:]
USER, PASSWORD = "moby", "bench-secret"

if client == "httpx":
    import httpx

    if what == "dial":
        import ssl

        more = {"verify": ssl.create_default_context(cafile=where[1])} if len(where) > 1 else {}
        pbx = httpx.Client(base_url=f"{where[0]}/voipjack/services/", auth=(USER, PASSWORD), **more)
        body = {"action": "dial", "destination": "*100", "prefix": "auto"}
        answer = pbx.post("identity/mpasquay/defaultdevice/action", json=body)
        assert answer.raise_for_status().json()["response"] == "dial commited"
elif client == "ours":
    import pascom_facade

    if what == "dial":
        pbx = pascom_facade.Pascom(where[0], "voipjack", password=PASSWORD, ca_file=where[1] if where[1:] else None)
        assert pbx.dial("mpasquay", "*100") == "dial commited"
elif client == "generated":
    import pascom_client  # noqa: F401 - importing is what is timed

    if what == "dial":
        from pascom_client.api.identity import default_device_action
        from pascom_client.models import DeviceAction
        from generated import client_for  # isort: skip

        origin = {"http": where[0], "https": where[0], "secure": len(where) > 1, "ca": where[-1]}
        body = DeviceAction(action="dial", destination="*100", prefix="auto")
        answer = default_device_action.sync("mpasquay", client=client_for(origin), body=body)
        assert answer.response == "dial commited"
elif client == "ogc":
    import pascom_ogc  # noqa: F401 - importing is what is timed

    if what == "dial":
        from openapi_generator import client_for, dialler

        origin = {"http": where[0], "https": where[0], "secure": len(where) > 1, "ca": where[-1]}
        assert dialler(client_for(origin))() == "dial commited"
