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
ENV LISTBOT_CONFIG=/data/listbot.toml PYTHONUNBUFFERED=1
EXPOSE 8080
# Healthy: the configuration is right and the database answers. Sources and mail servers that are away do not make it unhealthy:
# a restart would not mend them.
HEALTHCHECK --interval=60s --timeout=20s --start-period=60s CMD ["listbot", "held", "--limit", "1", "--json"]
ENTRYPOINT ["listbot"]
CMD ["run"]
