package dev.kubesent.cluster;

/** The API server gave no answer, or refused. What to do about it depends only on the {@link Kind}. */
public final class ClusterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final String advice;

    public ClusterException(Kind kind, String message) {
        super(message);
        this.kind = kind;
        this.advice = "";
    }

    public ClusterException(Kind kind, String message, Throwable cause) {
        this(kind, message, cause, "");
    }

    /** @param advice what to do about it, in our own words: unlike the message, it may be told to anybody */
    public ClusterException(Kind kind, String message, Throwable cause, String advice) {
        super(message, cause);
        this.kind = kind;
        this.advice = advice;
    }

    /** Empty where there is none. */
    public String advice() {
        return advice;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether the same call may succeed later with nothing changed by us. */
    public boolean passing() {
        return switch (kind) {
            case UNREACHABLE, BUSY, BROKEN -> true;
            case UNAUTHORIZED, FORBIDDEN, NOT_FOUND, ALREADY_EXISTS, CONFLICT, REJECTED -> false;
        };
    }

    /**
     * Whether we lack a right, and nobody has said no to what was asked for: RBAC, a quota and an admission plug-in all answer 403, and only the
     * text tells them apart ({@code ForbiddenMessage} of k8s.io/apiserver: {@code User "x" cannot patch resource "y"}).
     */
    public boolean isForWantOfARight() {
        return kind == Kind.FORBIDDEN
                && String.valueOf(getMessage()).contains("is forbidden: User \"")
                && String.valueOf(getMessage()).contains("\" cannot ");
    }

    /** Whether one of our own admission policies said no (knative/base/260-admission.yaml), and not somebody else's. */
    public boolean isOfOurPolicy() {
        return kind == Kind.FORBIDDEN && String.valueOf(getMessage()).contains("ValidatingAdmissionPolicy 'kubesent-");
    }

    public enum Kind {
        /** No connection, no answer in time, or the answer was cut. */
        UNREACHABLE,
        /** 429: API priority and fairness. */
        BUSY,
        /** 5xx. */
        BROKEN,
        /** 401: our token. */
        UNAUTHORIZED,
        /** 403: RBAC, a quota or an admission plug-in. */
        FORBIDDEN,
        /** 404: the object, or its whole type (a CRD that is not installed). */
        NOT_FOUND,
        ALREADY_EXISTS,
        /** 409: somebody wrote since, or a uid precondition failed. */
        CONFLICT,
        /** 400, 422 and other refusals of what was sent; also a {@code test} operation that does not hold. */
        REJECTED;

        /** How the API server's HTTP status is read. @param reason the {@code reason} of the Status body, or empty */
        public static Kind ofStatus(int code, String reason) {
            return switch (code) {
                case 401 -> UNAUTHORIZED;
                case 403 -> FORBIDDEN;
                case 404 -> NOT_FOUND;
                case 409 -> reason.equals("AlreadyExists") ? ALREADY_EXISTS : CONFLICT;
                case 429 -> BUSY;
                case 410 -> BROKEN; // the place in a paged list has expired: a new list may be had
                default -> code >= 500 || code == 408 ? BROKEN : REJECTED;
            };
        }
    }
}
