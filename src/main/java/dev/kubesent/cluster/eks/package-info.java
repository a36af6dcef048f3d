/**
 * The way to the API server of an Amazon EKS cluster from outside of it.
 *
 * <p>Takes the cluster's name, endpoint and CA, and the AWS identity of this process; gives a connection whose token is signed
 * anew when it is old. May ask for AWS credentials, and nothing else of AWS: the token is a signature, made here.
 */
@NullMarked
package dev.kubesent.cluster.eks;

import org.jspecify.annotations.NullMarked;
