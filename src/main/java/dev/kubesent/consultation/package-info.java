/**
 * Who says what is wrong: the rules, then the signatures that users wrote, then a doctor where neither knows.
 *
 * <p>Takes {@link dev.kubesent.evidence.Evidence}, and gives a {@link dev.kubesent.consultation.Consultation.Result}: the diagnosis, and what a model
 * said. Reads one ConfigMap, KubeSent's own signatures, and asks a {@link dev.kubesent.diagnosis.model.Doctor}. Changes nothing, and writes nothing down.
 */
@NullMarked
package dev.kubesent.consultation;

import org.jspecify.annotations.NullMarked;
