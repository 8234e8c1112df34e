"""Alert intake: what monitoring and paging tools send becomes alerts and incidents."""
