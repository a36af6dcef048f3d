/**
 * The objects of a scenario and of its steps: what a base has, and what differs from it. Takes YAML and gives JSON; knows no cluster.
 */
package dev.kubesent.testing.objects;
