package dev.kubesent.change;

import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.WorkloadKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;

/** One run of a CronJob beside its schedule, as {@code kubectl create job --from} makes it (pkg/cmd/create/create_job.go). */
public final class ManualRun {

    /** On a CronJob: a run that was killed for its memory is to be made up for, and not only the next one to be better. */
    public static final String ASKED_FOR = "kubesent.dev/run-again";

    /** Between the name of a CronJob and what tells one such run from another. */
    public static final String MARK = "-again-";

    /** Kubernetes allows 63 characters for a Job's name, and 52 for a CronJob's. */
    private static final int HASH_CHARACTERS = 4;

    private ManualRun() {}

    /** The same for the same failed run, however often it is asked: it is made up for once. */
    public static String name(ObjectRef cronJob, ObjectRef failed) {
        var hash = String.format("%08x", failed.name().hashCode());
        return cronJob.name() + MARK + hash.substring(hash.length() - HASH_CHARACTERS);
    }

    /** Whether it can be one of ours. */
    static boolean isNameOf(ObjectRef target, String name) {
        return WorkloadKind.of(target).filter(WorkloadKind.CRON_JOB::equals).isPresent()
                && name.startsWith(target.name() + MARK)
                && name.length() == target.name().length() + MARK.length() + HASH_CHARACTERS;
    }

    public static Job of(GenericKubernetesResource object, String name) {
        var cronJob = KubernetesJson.as(KubernetesJson.tree(object), CronJob.class);
        var template = cronJob.getSpec().getJobTemplate();
        var meta = template.getMetadata();
        return new JobBuilder()
                .withNewMetadata()
                .withNamespace(cronJob.getMetadata().getNamespace())
                .withName(name)
                .withLabels(meta == null ? null : meta.getLabels())
                .withAnnotations(meta == null ? null : meta.getAnnotations())
                .addToAnnotations("cronjob.kubernetes.io/instantiate", "manual")
                .addNewOwnerReference()
                .withApiVersion(object.getApiVersion())
                .withKind(object.getKind())
                .withName(cronJob.getMetadata().getName())
                .withUid(cronJob.getMetadata().getUid())
                .withController(true)
                .endOwnerReference()
                .endMetadata()
                .withSpec(template.getSpec())
                .build();
    }
}
