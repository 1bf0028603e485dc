"""The OpenAPI document, and the blueprint that resources are declared on."""
