"""The parts of the page: what its script looks up, what its template shows, and how both are made safe."""
