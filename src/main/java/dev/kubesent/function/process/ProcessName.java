package dev.kubesent.function.process;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;

/** By which leases tell who holds them. */
public record ProcessName(String text) {

    /** Readable, and different for every start: a lease of a process that died must not look like ours. */
    public static ProcessName anew() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "unknown-host";
        }
        return new ProcessName(host + "-" + UUID.randomUUID().toString().substring(0, 8));
    }
}
