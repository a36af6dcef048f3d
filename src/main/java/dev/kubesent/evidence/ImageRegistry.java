package dev.kubesent.evidence;

import dev.kubesent.evidence.Reading.Present;
import java.util.Optional;

/** What a registry has. It is outside of the cluster, and anybody may write its name into a pod: only those that the settings name are asked. */
public interface ImageRegistry {

    /** Whether the registry of this image may be asked. */
    boolean isAsked(String image);

    /**
     * @param image as the pod's spec names it
     * @param platform of the node; empty where it is not known, and every platform fits
     * @param login of its registry, that the pod names
     * @return missing where the registry gave no answer or a refusal, within a few seconds; never an exception
     */
    Reading<RegistryFacts> ask(String image, Optional<Platform> platform, Optional<Login> login);

    /** In the words of {@code GOOS} and {@code GOARCH}, as in the labels kubernetes.io/os and kubernetes.io/arch. */
    record Platform(String os, String architecture) {

        @Override
        public String toString() {
            return os + "/" + architecture;
        }
    }

    /** Of one registry. */
    record Login(String user, String password) {

        /** It is nobody's to read. */
        @Override
        public String toString() {
            return "a login";
        }
    }

    /** None is asked. */
    static ImageRegistry none() {
        return new ImageRegistry() {
            @Override
            public boolean isAsked(String image) {
                return false;
            }

            @Override
            public Reading<RegistryFacts> ask(String image, Optional<Platform> platform, Optional<Login> login) {
                return new Present<>(new RegistryFacts.NotAsked());
            }
        };
    }
}
