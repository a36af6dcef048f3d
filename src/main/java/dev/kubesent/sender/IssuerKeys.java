package dev.kubesent.sender;

/** What an OpenID issuer publishes about itself. */
public interface IssuerKeys {

    /** {@code iss} of its tokens. @throws RuntimeException where it cannot be asked */
    String issuer();

    /** Its JSON Web Key Set. @throws RuntimeException where it cannot be asked */
    String keys();
}
