"""How French law writes its cross-references: tokens → labels → places → mentions."""
