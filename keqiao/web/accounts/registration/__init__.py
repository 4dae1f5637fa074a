"""A unit registers itself: contact proved by a code, facts stated, certificate sent; somebody who knows verifies it."""
