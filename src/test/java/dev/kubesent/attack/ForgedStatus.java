package dev.kubesent.attack;

/** What a tenant writes into the status of pods of his, as YAML. */
final class ForgedStatus {

    static final String OOM_KILLED = """
        phase: Running
        qosClass: Burstable
        startTime: '2026-11-23T02:56:00Z'
        containerStatuses:
        - name: app
          image: x
          imageID: ''
          ready: false
          restartCount: 3
          state: {waiting: {reason: CrashLoopBackOff, message: back-off}}
          lastState: {terminated: {reason: OOMKilled, exitCode: 137, startedAt: '2026-11-23T02:56:30Z', finishedAt: '2026-11-23T02:56:50Z'}}
        """;

    static final String NO_IMAGE = """
        phase: Pending
        startTime: '2026-11-23T02:50:00Z'
        containerStatuses:
        - name: app
          image: x
          imageID: ''
          ready: false
          restartCount: 0
          state: {waiting: {reason: ImagePullBackOff, message: 'Back-off pulling image "registry.lab/shop/web:2.0": ErrImagePull: rpc error: code = NotFound desc = failed to pull and unpack image "registry.lab/shop/web:2.0": failed to resolve reference "registry.lab/shop/web:2.0": registry.lab/shop/web:2.0: not found'}}
        """;

    static final String READY = """
        phase: Running
        startTime: '2026-11-23T02:00:00Z'
        conditions:
        - {type: Ready, status: 'True', lastTransitionTime: '2026-11-23T02:00:30Z'}
        containerStatuses:
        - name: app
          image: x
          imageID: ''
          ready: true
          restartCount: 0
          state: {running: {startedAt: '2026-11-23T02:00:10Z'}}
        """;

    private ForgedStatus() {}
}
