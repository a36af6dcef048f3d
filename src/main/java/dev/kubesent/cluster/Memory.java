package dev.kubesent.cluster;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** An amount of memory. @param bytes never negative */
public record Memory(long bytes) implements Comparable<Memory> {

    private static final long KI = 1024;
    private static final long MI = KI * KI;
    private static final long GI = KI * MI;

    public Memory {
        if (bytes < 0) {
            throw new IllegalArgumentException("memory cannot be negative: " + bytes);
        }
    }

    public static Memory ofMi(long mebibytes) {
        return new Memory(mebibytes * MI);
    }

    /** A fraction of a byte, which Kubernetes allows ("100m"), counts as a whole one. */
    public static Memory of(Quantity quantity) {
        return new Memory(Amount.of(quantity).setScale(0, RoundingMode.CEILING).longValueExact());
    }

    /** @throws IllegalArgumentException where the text is not a Kubernetes quantity of memory */
    @JsonCreator
    public static Memory parse(String quantity) {
        Amount.check(quantity);
        return of(new Quantity(quantity));
    }

    public Memory plus(Memory other) {
        return new Memory(Math.addExact(bytes, other.bytes));
    }

    /** Rounded up to a whole byte. */
    public Memory times(double factor) {
        return new Memory(BigDecimal.valueOf(bytes)
                .multiply(BigDecimal.valueOf(factor))
                .setScale(0, RoundingMode.CEILING)
                .longValueExact());
    }

    /** The next whole mebibyte, since nobody wants to read 40265319 in a manifest. */
    public Memory roundedUpToMi() {
        return new Memory(Math.ceilDiv(bytes, MI) * MI);
    }

    public boolean exceeds(Memory other) {
        return bytes > other.bytes;
    }

    public static Memory max(Memory a, Memory b) {
        return a.exceeds(b) ? a : b;
    }

    @Override
    public int compareTo(Memory other) {
        return Long.compare(bytes, other.bytes);
    }

    /** As a Kubernetes quantity, in the largest binary unit that needs no fraction. */
    @JsonValue
    @Override
    public String toString() {
        if (bytes > 0 && bytes % GI == 0) {
            return bytes / GI + "Gi";
        }
        if (bytes > 0 && bytes % MI == 0) {
            return bytes / MI + "Mi";
        }
        return bytes > 0 && bytes % KI == 0 ? bytes / KI + "Ki" : Long.toString(bytes);
    }
}
