/**
 * The web server's edge: what is answered at the door, how large a body may be, and the request and response of a CloudEvent in its binary or structured
 * envelope. What is let in goes to {@link dev.kubesent.function.http.Behind}: the application, or what heals as long as there is none. Knows servlets and Tomcat, and nothing of pods.
 */
@NullMarked
package dev.kubesent.function.http;

import org.jspecify.annotations.NullMarked;
