package dev.kubesent.cluster;

import java.util.List;

/**
 * Some pods, each as the bytes of its JSON, unparsed.
 *
 * @param pods those that were wanted
 * @param looked how many there were
 * @param next what to ask the next page with; empty after the last
 */
public record PodPage(List<byte[]> pods, int looked, String next) {

    public PodPage {
        pods = List.copyOf(pods);
    }
}
