package dev.kubesent.evidence;

import dev.kubesent.cluster.Memory;

/** What one container uses now, as metrics.k8s.io samples it every 15 s or so: its working set, which the kernel's limit is about. */
public record MemoryUsage(String pod, String container, Memory used) {}
