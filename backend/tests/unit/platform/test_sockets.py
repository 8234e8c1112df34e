import pytest
from websockets.client import ClientProtocol
from websockets.http11 import Request
from websockets.server import ServerProtocol
from websockets.uri import parse_uri

from secondstory.platform.sockets import _waits_in, binary_frame


@pytest.fixture
def server_and_client() -> tuple[ServerProtocol, ClientProtocol]:
    """Both ends of a connection that is open, without a network."""
    client, server = ClientProtocol(parse_uri("ws://localhost/")), ServerProtocol()
    client.send_request(client.connect())
    server.receive_data(b"".join(client.data_to_send()))
    (request,) = server.events_received()
    assert isinstance(request, Request)
    server.send_response(server.accept(request))
    client.receive_data(b"".join(server.data_to_send()))
    client.events_received()
    return server, client


@pytest.mark.parametrize("size", [0, 5, 125, 126, 65_535, 65_536])
def test_a_frame_encoded_here_is_read_there(
    server_and_client: tuple[ServerProtocol, ClientProtocol], size: int
) -> None:
    _, client = server_and_client
    client.max_message_size = None
    client.receive_data(binary_frame(b"x" * size))
    (frame,) = client.events_received()
    assert frame == type(frame)(frame.opcode.BINARY, b"x" * size)


@pytest.mark.parametrize("size", [0, 40, 300, 70_000])
def test_where_a_parser_stands_is_known_at_every_byte(
    server_and_client: tuple[ServerProtocol, ClientProtocol], size: int
) -> None:
    # Without this the short way for keystrokes would never be taken, and nobody would notice.
    server, client = server_and_client
    client.send_binary(b"x" * size)
    frame = b"".join(client.data_to_send())
    for cut in {1, 2, 3, 4, 6, 8, 10, 14, len(frame) - 1} & set(range(1, len(frame))):
        assert _waits_in(server.parser) == "at_eof"
        server.receive_data(frame[:cut])
        assert _waits_in(server.parser) == "read_exact", cut
        server.receive_data(frame[cut:])
    assert _waits_in(server.parser) == "at_eof"
    server.receive_data(frame + frame[:1])
    assert _waits_in(server.parser) == "read_exact"
