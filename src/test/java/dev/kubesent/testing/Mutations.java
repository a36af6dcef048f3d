package dev.kubesent.testing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes an input from others: the same seed makes the same ones. Blind to what they reach; that is what the corpus is kept for. */
public final class Mutations {

    private static final int MOST_STEPS = 6;
    private static final int MOST_TIMES = 400;

    /** What parsers, rules and paths stumble over. */
    private static final List<String> WORDS = List.of(
            "1e-99999999",
            "\"1e99999999\"",
            "-1",
            "99999999999999999999",
            "null",
            "true",
            "\"\"",
            "{}",
            "[]",
            "[[[[[[[[",
            "{\"a\":",
            "}",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "\\u0000",
            "\u0000",
            "\u001b[31m",
            "\u202e",
            "\ud83d\ude00",
            "&a [*a]",
            "*a",
            "&a",
            "!!java.net.URL ",
            "<<: *a",
            "- ",
            "\n",
            "\r\n\r\n",
            "? ",
            "|\n",
            "%00",
            "%2e%2e/",
            "x/log?tailLines=20#",
            "../",
            "secret",
            "password=",
            "token: ",
            "https://a:b@c/",
            "error: ",
            "Caused by: ",
            "exec: \"",
            "connection refused",
            "OOMKilled",
            "CrashLoopBackOff",
            "containerStatuses",
            "metadata",
            "2026-11-23T02:57:32Z",
            "9999-99-99T99:99:99Z",
            "\ufeff",
            "\u00ff\u00fe");

    private final Random random;

    public Mutations(long seed) {
        this.random = new Random(seed);
    }

    /** @param length of the longest result, in bytes */
    public byte[] of(List<byte[]> seeds, int length) {
        var input = pick(seeds);
        for (int step = 1 + random.nextInt(MOST_STEPS); step > 0; step--) {
            input = step(input, seeds);
        }
        return Arrays.copyOf(input, Math.min(input.length, length));
    }

    private byte[] pick(List<byte[]> seeds) {
        return seeds.get(random.nextInt(seeds.size()));
    }

    private byte[] step(byte[] input, List<byte[]> seeds) {
        int from = at(input);
        int to = Math.min(input.length, from + random.nextInt(1 + random.nextInt(200)));
        return switch (random.nextInt(7)) {
            case 0 -> flipped(input, from);
            case 1 -> spliced(input, from, to, new byte[0]);
            case 2 -> spliced(input, from, from, word());
            case 3 -> spliced(input, from, to, word());
            case 4 -> spliced(input, from, from, repeated(word()));
            case 5 -> spliced(input, to, to, repeated(Arrays.copyOfRange(input, from, to)));
            default -> {
                var other = pick(seeds);
                int begin = at(other);
                yield spliced(input, from, to, Arrays.copyOfRange(other, begin, Math.min(other.length, begin + 300)));
            }
        };
    }

    private int at(byte[] input) {
        return input.length == 0 ? 0 : random.nextInt(input.length);
    }

    private byte[] word() {
        return WORDS.get(random.nextInt(WORDS.size())).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] repeated(byte[] part) {
        var all = new byte[part.length * (1 + random.nextInt(MOST_TIMES))];
        for (int i = 0; i < all.length; i++) {
            all[i] = part[i % part.length];
        }
        return all;
    }

    private byte[] flipped(byte[] input, int at) {
        var other = input.clone();
        if (other.length > 0) {
            other[at] ^= (byte) (1 << random.nextInt(8));
        }
        return other;
    }

    private static byte[] spliced(byte[] input, int from, int to, byte[] with) {
        var all = Arrays.copyOf(input, from + with.length + input.length - to);
        System.arraycopy(with, 0, all, from, with.length);
        System.arraycopy(input, to, all, from + with.length, input.length - to);
        return all;
    }
}
