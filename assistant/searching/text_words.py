"""What people call a text of law in a question, in three languages: pieces of patterns."""

TEXT_WORD = (  # a "règlement" alone is a payment, or a règlement de consultation
    r"(?:d[ée]crets?|r[ée]glementations?|r[ée]formes?|textes?|codes?|r[ée]gimes?"
    r"|lois?(?!\s+(?:organique|de\s+financ|n\b))|r[èe]glements?(?=\s+des\s+march))"
)
ENGLISH_TEXT = r"(?:decrees?|regulations?|reform|laws?|rules)"
ARABIC_TEXT = r"(?:المرسوم|القانون|النظام|النص|الإصلاح)"
