package dev.kubesent.evidence;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What Knative Serving calls what it makes (serving, pkg/reconciler/revision/resources/names: {@code kmeta.ChildName(rev, "-deployment")}). */
final class KnativeNames {

    private static final int LONGEST = 63;
    private static final int MD5_LENGTH = 32;
    private static final String DEPLOYMENT = "-deployment";

    private KnativeNames() {}

    /**
     * Of a Revision's Deployment. Where that would be longer than 63, the Revision's name is cut and its MD5 stands behind it (ChildName in
     * knative.dev/pkg/kmeta/names.go).
     */
    static String deployment(String revision) {
        return revision.length() <= LONGEST - DEPLOYMENT.length()
                ? revision + DEPLOYMENT
                : revision.substring(0, LONGEST - MD5_LENGTH - DEPLOYMENT.length()) + md5(revision) + DEPLOYMENT;
    }

    private static String md5(String text) {
        try {
            var digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5 (MessageDigest)", e);
        }
    }
}
