# A small image without compiler or root: wheels are made in the first stage, hashes checked, and installed offline in the second.
FROM python:3.11-slim-bookworm AS wheels
WORKDIR /src
COPY requirements requirements
RUN pip install --no-cache-dir --no-deps --require-hashes --only-binary :all: -r requirements/build.txt \
 && pip wheel --no-cache-dir --no-deps --require-hashes --only-binary :all: --no-binary authres --no-build-isolation \
        -r requirements/run.txt -w /wheels
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY listbot listbot
COPY rules rules
COPY templates templates
COPY migrations migrations
RUN pip wheel --no-deps --no-index --no-build-isolation . -w /wheels

FROM python:3.11-slim-bookworm
RUN --mount=type=bind,from=wheels,source=/wheels,target=/wheels \
    pip install --no-cache-dir --no-index --no-deps --no-compile /wheels/*.whl \
 && useradd --uid 1000 --home-dir /data --no-create-home listbot \
 && install -d -o listbot -m 0700 /data
USER listbot
WORKDIR /data
VOLUME /data
# The folder holds listbot.toml, the secret, the rules and, with SQLite, the database; `listbot init /data` makes it.
# The pages listen for all that reaches the container, whatever listbot.toml says: publish the port where you want it.
ENV LISTBOT_CONFIG=/data/listbot.toml LISTBOT_WEB__LISTEN=0.0.0.0:8080 PYTHONUNBUFFERED=1
EXPOSE 8080
# Healthy: the process answers. Sources and mail servers that are away do not make it unhealthy: a restart would not mend them.
# `listbot worker` has no pages: start it with --no-healthcheck.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8080/healthz', timeout=4)"]
ENTRYPOINT ["listbot"]
CMD ["run"]
