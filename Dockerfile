# A small image that serves one ledger as nobody in particular. See docs/operations.md.
FROM python:3.11-slim-bookworm AS build

WORKDIR /src
RUN python -m venv /opt/counterclaim
# The locked packages change seldom and have a layer of their own.
COPY requirements/run.txt requirements/run.txt
RUN /opt/counterclaim/bin/pip install --no-cache-dir --require-hashes -r requirements/run.txt
COPY pyproject.toml README.md LICENSE ./
COPY api api
COPY schemas schemas
COPY seeds seeds
# What builds wheels is locked as well, and not needed afterwards.
RUN /opt/counterclaim/bin/pip install --no-cache-dir --no-deps --no-build-isolation . \
 && /opt/counterclaim/bin/pip uninstall --yes hatchling editables pip setuptools

FROM python:3.11-slim-bookworm

RUN useradd --system --uid 10001 --user-group --home-dir /data --create-home counterclaim
COPY --from=build /opt/counterclaim /opt/counterclaim
ENV PATH=/opt/counterclaim/bin:$PATH \
    COUNTERCLAIM_HOST=0.0.0.0 \
    COUNTERCLAIM_DATABASE_URL=sqlite:////data/counterclaim.db
USER 10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
  CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f\"http://127.0.0.1:{os.environ.get('COUNTERCLAIM_PORT', 8000)}/readyz\", timeout=4)"]
ENTRYPOINT ["counterclaim"]
CMD ["serve"]
