package dev.kubesent.testing;

import dev.kubesent.function.Main;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** KubeSent in a process whose heap is exhausted as soon as anything comes in at its standard input. */
public final class DyingMain {

    private static final List<byte[]> HELD = new ArrayList<>();

    private DyingMain() {}

    public static void main(String[] args) {
        Thread.ofPlatform().daemon().name("exhausting").start(DyingMain::exhaust);
        Main.main(args);
    }

    private static void exhaust() {
        try {
            var told = System.in.read() >= 0;
            while (told) {
                HELD.add(new byte[1 << 16]);
            }
        } catch (IOException e) {
            // nobody will tell any more
        }
    }
}
