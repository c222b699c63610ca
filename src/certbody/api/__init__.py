"""What all endpoints share: errors, idempotency, pages. The endpoints live in the apps."""
