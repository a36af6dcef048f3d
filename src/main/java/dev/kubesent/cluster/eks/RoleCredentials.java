package dev.kubesent.cluster.eks;

import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Those of the function's role, wherever AWS puts them: with SnapStart they are asked for, and not in the environment. */
public final class RoleCredentials implements Supplier<AwsCredentialsIdentity> {

    private final AwsCredentialsProvider chain =
            DefaultCredentialsProvider.builder().build();

    @Override
    public AwsCredentialsIdentity get() {
        return chain.resolveCredentials();
    }
}
