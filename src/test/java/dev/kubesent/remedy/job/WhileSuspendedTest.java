package dev.kubesent.remedy.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.change.JobPatch;
import dev.kubesent.change.MemoryRaise;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterException.Kind;
import dev.kubesent.cluster.ClusterWriter;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.Memory;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.PatchOperation;
import dev.kubesent.cluster.Subresource;
import dev.kubesent.cluster.memory.InMemoryCluster;
import dev.kubesent.remedy.engine.Checkpoint;
import dev.kubesent.remedy.engine.ContainerResources;
import dev.kubesent.remedy.engine.Outcome;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Job that KubeSent suspends goes on, whatever the API server says in between and whoever else touches it. */
class WhileSuspendedTest {

    private static final ObjectRef JOB = new ObjectRef("batch/v1", "Job", "shop", "import", "u");

    private final InMemoryCluster cluster = new InMemoryCluster(Clock.systemUTC());
    private final List<String> steps = new ArrayList<>();
    private final Refusing writer = new Refusing();
    private JobPatch change;

    @BeforeEach
    void plant() {
        cluster.load(KubernetesJson.parse("""
            apiVersion: batch/v1
            kind: Job
            metadata: {name: import, namespace: shop, uid: u, generation: 3, annotations: {team: shop}}
            spec:
              suspend: false
              template:
                spec:
                  restartPolicy: Never
                  containers:
                  - {name: app, image: app, resources: {limits: {memory: 32Mi}}}
            status: {failed: 1}
            """, Job.class));
        change = planned("32Mi", "132Mi");
    }

    @Test
    void it_is_suspended_patched_and_resumed() {
        var outcome = act();

        assertThat(outcome).isInstanceOf(Outcome.Applied.class);
        assertThat(steps).containsExactly(WhileSuspended.SUSPENDING);
        assertThat(limit()).isEqualTo("132Mi");
        assertThat(job().getSpec().getSuspend()).isFalse();
        assertThat(job().getMetadata().getAnnotations())
                .containsEntry("team", "shop")
                .containsEntry(JobPatch.MARK, "132Mi/4");
    }

    /** An admission webhook that is down for changed resources, and for nothing else. */
    @Test
    void where_the_template_gets_no_answer_it_goes_on_as_it_was() {
        writer.refuse(2, Kind.BROKEN);

        assertThat(act()).isInstanceOf(Outcome.PutBack.class);
        assertThat(limit()).isEqualTo("32Mi");
        assertThat(job().getSpec().getSuspend()).isFalse();
    }

    @Test
    void where_the_answer_to_the_patch_was_lost_it_counts_as_made() {
        writer.lose(2);

        assertThat(act()).isInstanceOf(Outcome.Applied.class);
        assertThat(limit()).isEqualTo("132Mi");
        assertThat(job().getSpec().getSuspend()).isFalse();
    }

    /** Somebody takes KubeSent's rights away in between: the next process that may resumes it. */
    @Test
    void where_it_may_not_be_resumed_the_act_is_not_over() {
        writer.refuse(2, Kind.FORBIDDEN);
        writer.refuse(3, Kind.FORBIDDEN);

        assertThat(act()).isInstanceOf(Outcome.Waiting.class);
        assertThat(job().getSpec().getSuspend()).isTrue();

        assertThat(act()).isInstanceOf(Outcome.Applied.class);
        assertThat(job().getSpec().getSuspend()).isFalse();
    }

    @Test
    void a_controller_that_does_not_answer_is_not_waited_for_for_ever() {
        var outcome = new WhileSuspended(cluster, writer, _ -> {}).make(change, checkpoint());

        assertThat(outcome).isInstanceOf(Outcome.PutBack.class);
        assertThat(outcome.detail()).contains("did not suspend it within 10 s");
        assertThat(job().getSpec().getSuspend()).isFalse();
    }

    /** KubeSent died, somebody resumed the Job by hand, and suspended it later for a reason of his own. */
    @Test
    void what_somebody_else_has_suspended_since_stays_so() {
        cluster.patch(JOB, Subresource.NONE, change.suspension());
        touch(job -> job.getSpec().setSuspend(false));
        touch(job -> job.getSpec().setSuspend(true));

        assertThat(act()).isInstanceOf(Outcome.Stale.class);
        assertThat(job().getSpec().getSuspend()).isTrue();
        assertThat(limit()).isEqualTo("32Mi");
    }

    @Test
    void who_resumes_it_in_between_has_the_last_word() {
        writer.before(2, () -> touch(job -> job.getSpec().setSuspend(false)));

        var outcome = act();

        assertThat(outcome).isInstanceOf(Outcome.Superseded.class);
        assertThat(outcome.detail()).contains("somebody has resumed");
        assertThat(limit()).isEqualTo("32Mi");
    }

    @Test
    void one_that_is_gone_meanwhile_is_nobodys() {
        writer.before(2, () -> cluster.unload(JOB));

        assertThat(act()).isInstanceOf(Outcome.Superseded.class);
    }

    /** Deleted before its controller has counted it, its work would be done again. */
    @Test
    void a_pod_that_has_ended_and_is_not_counted_yet_is_waited_for() {
        cluster.load(KubernetesJson.parse("""
            apiVersion: v1
            kind: Pod
            metadata:
              name: import-1
              namespace: shop
              uid: p
              labels: {batch.kubernetes.io/job-name: import}
              ownerReferences: [{apiVersion: batch/v1, kind: Job, name: import, uid: u, controller: true}]
              finalizers: [batch.kubernetes.io/job-tracking]
            spec: {containers: [{name: app, image: app}]}
            status: {phase: Succeeded}
            """, Pod.class));

        assertThat(act()).isInstanceOf(Outcome.Stale.class);
        assertThat(job().getSpec().getSuspend()).isFalse();
        assertThat(steps).isEmpty();
    }

    private JobPatch planned(String from, String to) {
        var live = SuspendedJob.of(cluster, JOB).orElseThrow();
        var raise = new MemoryRaise("app", Memory.parse(from), Memory.parse(to), false);
        var mark = live.mark(raise.to());
        var template = ContainerResources.inTemplate(job(), "app").orElseThrow();
        var operations = template.raise(raise).stream()
                .filter(operation -> !operation.path().equals("/metadata/generation"))
                .toList();
        return new JobPatch(JOB, raise, mark, live.suspension(mark), operations);
    }

    private Outcome act() {
        return new WhileSuspended(cluster, writer, _ -> controller()).make(change, checkpoint());
    }

    private void controller() {
        var job = job();
        if (Boolean.TRUE.equals(job.getSpec().getSuspend())) {
            cluster.load(new JobBuilder(job)
                    .editStatus()
                    .withConditions()
                    .addNewCondition()
                    .withType("Suspended")
                    .withStatus("True")
                    .endCondition()
                    .endStatus()
                    .build());
        }
    }

    private Checkpoint checkpoint() {
        return new Checkpoint() {
            @Override
            public String last() {
                return "";
            }

            @Override
            public void reached(String step) {
                steps.add(step);
            }
        };
    }

    private Job job() {
        return cluster.get(Job.class, "shop", "import").orElseThrow();
    }

    private String limit() {
        return SuspendedJob.of(cluster, JOB)
                .orElseThrow()
                .limit("app")
                .orElseThrow()
                .toString();
    }

    /** As the API server counts: another spec, another generation. */
    private void touch(Consumer<Job> change) {
        var job = job();
        change.accept(job);
        job.getMetadata().setGeneration(job.getMetadata().getGeneration() + 1);
        cluster.load(job);
    }

    /** Counts patches, from 1. */
    private final class Refusing implements ClusterWriter {

        private final Map<Integer, Kind> refusals = new HashMap<>();
        private final Map<Integer, Runnable> before = new HashMap<>();
        private int lost;
        private int count;

        void refuse(int number, Kind kind) {
            refusals.put(number, kind);
        }

        void lose(int number) {
            lost = number;
        }

        void before(int number, Runnable what) {
            before.put(number, what);
        }

        @Override
        public void patch(ObjectRef target, Subresource subresource, List<PatchOperation> operations) {
            count++;
            before.getOrDefault(count, () -> {}).run();
            if (refusals.containsKey(count)) {
                throw new ClusterException(refusals.get(count), "no");
            }
            cluster.patch(target, subresource, operations);
            if (count == lost) {
                throw new ClusterException(Kind.UNREACHABLE, "no answer");
            }
        }

        @Override
        public Pod create(Pod pod) {
            throw new IllegalStateException();
        }

        @Override
        public Job create(Job job) {
            throw new IllegalStateException();
        }

        @Override
        public void delete(ObjectRef pod) {
            throw new IllegalStateException();
        }

        @Override
        public void evict(ObjectRef pod) {
            throw new IllegalStateException();
        }
    }
}
