/** How long everything takes and lasts, on one page (docs/clockwork.md), and what of it hangs together. */
package dev.kubesent.clockwork;
