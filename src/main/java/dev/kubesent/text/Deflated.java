package dev.kubesent.text;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** A text while it waits: of Kubernetes' JSON a fifth is left (docs/evidence/herd.md). */
public final class Deflated {

    private final byte[] bytes;

    private Deflated(byte[] bytes) {
        this.bytes = bytes;
    }

    public static Deflated of(String text) {
        var fast = new Deflater(Deflater.BEST_SPEED);
        var bytes = new ByteArrayOutputStream(text.length() / 4);
        try (var out = new DeflaterOutputStream(bytes, fast)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory has no errors
        } finally {
            fast.end();
        }
        return new Deflated(bytes.toByteArray());
    }

    /** As it was; no longer than what {@link #of} was given, which is ours. */
    public String text() {
        try (var in = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In bytes. */
    public int size() {
        return bytes.length;
    }
}
