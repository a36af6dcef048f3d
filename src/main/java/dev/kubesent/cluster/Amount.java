package dev.kubesent.cluster;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;

/** The number of a Kubernetes quantity, once it is sure that it can be computed: {@code 1e-99999999} is nine characters, and takes minutes. */
public final class Amount {

    /** Characters; the longest that the API server writes has 20. */
    private static final int LONGEST = 64;

    /** Powers of ten. Kubernetes' own largest suffix, Ei, is 10^18, and its smallest, n, 10^-9. */
    private static final int LARGEST_EXPONENT = 40;

    private Amount() {}

    /** @throws IllegalArgumentException where it is no quantity, or none that anybody means */
    public static BigDecimal of(Quantity quantity) {
        check(String.valueOf(quantity.getAmount()) + (quantity.getFormat() == null ? "" : quantity.getFormat()));
        var amount = quantity.getNumericalAmount();
        if (Math.abs(amount.scale()) > LONGEST + LARGEST_EXPONENT) {
            throw refused(quantity.toString());
        }
        return amount;
    }

    /** @param text of a quantity, before any of it is computed @throws IllegalArgumentException where that would have no end */
    static void check(String text) {
        if (text.length() > LONGEST) {
            throw refused(text);
        }
        for (int e = exponent(text, 0); e >= 0; e = exponent(text, e + 1)) {
            var digits =
                    text.substring(e + 1).chars().filter(Character::isDigit).count();
            if (digits > 2 || digits > 0 && value(text.substring(e + 1)) > LARGEST_EXPONENT) {
                throw refused(text);
            }
        }
    }

    /** An E may be a suffix too: 1E, 1Ei. */
    private static int exponent(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) == 'e' || text.charAt(i) == 'E') {
                return i;
            }
        }
        return -1;
    }

    private static int value(String exponent) {
        var digits = new StringBuilder();
        exponent.chars()
                .filter(Character::isDigit)
                .map(c -> Character.digit(c, 10))
                .forEach(digits::append);
        return Integer.parseInt(digits.toString());
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException("'" + text.substring(0, Math.min(text.length(), LONGEST))
                + "' is no amount: more than " + LONGEST + " characters, or an exponent beyond " + LARGEST_EXPONENT);
    }
}
