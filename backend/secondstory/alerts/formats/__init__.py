"""One pure module per sender: bytes and headers in, verified signals out, no I/O."""
