# The service and the loader of Naba; Elasticsearch is an image of its own (docker-compose.yml).
FROM python:3.13-slim-bookworm AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /build
# What is fetched is exactly what the lock files say, and a layer of its own: it changes less often than the source.
COPY requirements.lock requirements-build.lock ./
RUN python -m venv /opt/tools \
    && /opt/tools/bin/pip install --no-deps --require-hashes -r requirements-build.lock \
    && python -m venv /opt/naba \
    && /opt/naba/bin/pip install --no-deps --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY mappings mappings
COPY loader loader
COPY service service
COPY naba naba
RUN /opt/tools/bin/pip wheel --no-deps --no-build-isolation --wheel-dir /build/wheel . \
    && /opt/naba/bin/pip install --no-deps --no-index /build/wheel/*.whl


FROM python:3.13-slim-bookworm

RUN useradd --uid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin naba \
    && install -d -o naba -g naba /data
COPY --from=build /opt/naba /opt/naba
ENV PATH=/opt/naba/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    NABA_DATA_DIR=/data \
    NABA_HOST=0.0.0.0 \
    NABA_READ=keys \
    NABA_PORT=8000
WORKDIR /data
USER 10001
VOLUME /data
EXPOSE 8000
# Alive, not ready: starting this container anew would not bring Elasticsearch back.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health/live', timeout=4)"]
ENTRYPOINT ["naba"]
CMD ["serve"]
