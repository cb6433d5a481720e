"""The daily letter to members: what is urgent, what needs an answer, what is good to know."""
