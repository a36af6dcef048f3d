package dev.kubesent.registry;

/** No answer, or none that can be used. Its message is ours: what a registry sends may hold anything. */
final class RegistryException extends Exception {

    RegistryException(String message) {
        super(message);
    }

    RegistryException(String message, Throwable cause) {
        super(message, cause);
    }

    static RegistryException answered(int status) {
        return new RegistryException("it answered " + status);
    }
}
