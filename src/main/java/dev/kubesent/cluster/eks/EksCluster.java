package dev.kubesent.cluster.eks;

import java.net.URI;

/**
 * As {@code aws eks describe-cluster} tells it.
 *
 * @param name of the cluster
 * @param endpoint {@code https://….eks.amazonaws.com}
 * @param certificateAuthority its CA certificate, PEM in base64 ({@code certificateAuthority.data})
 * @param region such as {@code eu-central-1}
 */
public record EksCluster(String name, URI endpoint, String certificateAuthority, String region) {}
