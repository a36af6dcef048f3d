{{- define "kubesent.image" -}}
{{- with .Values.image.digest -}}
{{ $.Values.image.repository }}@{{ . }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end -}}

{{- /* Fields of the pod beside those of the manifests. */ -}}
{{- define "kubesent.pod" -}}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . | quote }}
{{- end }}
{{- with .Values.imagePullSecrets }}
imagePullSecrets: {{ toJson . }}
{{- end }}
{{- end -}}

{{- /* Variables beside those of the manifests. */ -}}
{{- define "kubesent.env" -}}
{{- if .Values.oidc.enabled }}
- {name: KUBESENT_SENDER_AUDIENCE, value: kubesent}
{{- if and (ne .Release.Namespace "kubesent") (not .Values.settings.KUBESENT_SENDERS) }}
{{- $account := printf "system:serviceaccount:%s:kubesent" .Release.Namespace }}
- name: KUBESENT_SENDERS
  value: {{ $account }}-oidc-sources.knative.dev-apiserversource,{{ $account }}-sweep-oidc-sources.knative.dev-pingsource,{{ $account }}-oidc-eventing.knative.dev-trigger
{{- end }}
{{- end }}
{{- with .Values.sink.url }}
- {name: K_SINK, value: {{ . | quote }}}
{{- end }}
{{- with .Values.monitoring.otlp.metrics }}
- {name: MANAGEMENT_OTLP_METRICS_EXPORT_ENABLED, value: "true"}
- {name: MANAGEMENT_OTLP_METRICS_EXPORT_URL, value: {{ . | quote }}}
{{- end }}
{{- with .Values.monitoring.otlp.traces }}
- {name: MANAGEMENT_OPENTELEMETRY_TRACING_EXPORT_OTLP_ENDPOINT, value: {{ . | quote }}}
{{- end }}
{{- range $name, $value := merge (dict) .Values.settings .Values.env }}
- {name: {{ $name }}, value: {{ include "kubesent.text" $value | quote }}}
{{- end }}
{{- end -}}

{{- /* Helm reads a number as a float, and would write 1e+06. */ -}}
{{- define "kubesent.text" -}}
{{- if kindIs "float64" . }}{{ int64 . }}{{ else }}{{ . }}{{ end -}}
{{- end -}}
