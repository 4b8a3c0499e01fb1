"""How samples and what a network answers on a plane are drawn, wherever they are."""
