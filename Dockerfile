# Warmline's gateway. Node runs the TypeScript as it is, so there is nothing to build: one stage fetches the production
# dependencies, the other holds them and the sources.
FROM node:24-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# `npm ci` refuses a lock without the development tools' builds for other systems, and ours has only Linux's; `install`
# takes the versions that the lock pins. No production dependency needs an install script, so none is run. The
# development dependency `node` stays out: the image brings its own.
RUN npm install --omit=dev --ignore-scripts && npm cache clean --force

FROM node:24-slim
WORKDIR /app
# Inside a container the loopback address of the embedded mode would be reachable by nobody.
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080 DATA_DIR=/data NODE_COMPILE_CACHE=/app/.compiled
RUN mkdir /data /app/.compiled && chown node:node /data /app/.compiled
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json LICENSE ./
COPY config ./config
COPY migrations ./migrations
COPY twiml ./twiml
COPY web/desk ./web/desk
COPY src ./src
USER node
# What compiling makes is kept in the image, and a gateway that starts only reads it. It belongs to the user who made it.
# With an address that is none a gateway reads all its sources, says so and stops.
RUN PUBLIC_URL=none node src/main.ts 2>&1 | grep "Warmline cannot start"
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "src/main.ts"]
