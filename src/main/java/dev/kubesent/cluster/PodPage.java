package dev.kubesent.cluster;

import java.util.List;

/** Some pods, each as the bytes of its JSON, unparsed. @param next what to ask the next page with; empty after the last */
public record PodPage(List<byte[]> pods, String next) {

    public PodPage {
        pods = List.copyOf(pods);
    }
}
