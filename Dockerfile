# The application's image: the locked packages, the program, and nothing that is only needed to build or test.
# It runs as a checkout does, from /app and with /app first on the path (docs/decisions/0001-run-from-the-checkout.md).

FROM python:3.11-slim-bookworm AS packages
COPY requirements.lock /build/
RUN python -m venv /venv \
    && /venv/bin/python -m pip install --require-hashes --no-deps --only-binary :all: \
        --no-cache-dir --disable-pip-version-check --requirement /build/requirements.lock \
    && /venv/bin/python -m pip uninstall --yes --quiet pip setuptools

FROM python:3.11-slim-bookworm AS program
COPY LICENSE /app/
COPY migrations /app/migrations
COPY static /app/static
COPY trace /app/trace
# Readable for the account that runs it, whatever the checkout's umask was; compiled, because it cannot write there.
RUN chmod -R a=rX,u+w /app && python -m compileall -q /app

FROM python:3.11-slim-bookworm
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Trace" \
      org.opencontainers.image.description="Traceability for Vietnamese farm cooperatives" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.revision="$REVISION"

# Numbers, not only names: they own the files on the volume, on whichever machine it is restored.
RUN groupadd --gid 10001 trace \
    && useradd --uid 10001 --gid trace --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin trace \
    && install --directory --owner=trace --group=trace --mode=0700 /data
COPY --from=packages /venv /venv
COPY --from=program /app /app

ENV PATH=/venv/bin:$PATH \
    PYTHONPATH=/app \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    TRACE_DATA=/data
WORKDIR /app
USER 10001:10001
EXPOSE 8000
ENTRYPOINT ["python", "-m", "trace"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
# Not by urllib: that would obey a proxy named in the environment.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["python", "-I", "-c", "\
from http.client import HTTPConnection as Ask; \
ask = Ask('127.0.0.1', 8000, timeout=4); ask.request('GET', '/readyz'); \
raise SystemExit(ask.getresponse().status != 200)"]
