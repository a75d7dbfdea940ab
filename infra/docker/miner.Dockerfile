# Miner: the axon (port 8091) in front of a GPU endpoint. With --data=/data its nonces outlive a restart.
# Build from the repository root: docker build -f infra/docker/miner.Dockerfile -t niche-miner .

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
COPY Directory.Build.props Directory.Packages.props global.json .editorconfig ./
COPY shared/Niche.Bittensor/Niche.Bittensor.csproj shared/Niche.Bittensor/
COPY shared/Niche.Subnet/Niche.Subnet.csproj shared/Niche.Subnet/
COPY gpu-endpoint/Niche.Miner/Niche.Miner.csproj gpu-endpoint/Niche.Miner/
RUN dotnet restore gpu-endpoint/Niche.Miner/Niche.Miner.csproj --use-current-runtime
COPY shared/Niche.Bittensor/ shared/Niche.Bittensor/
COPY shared/Niche.Subnet/ shared/Niche.Subnet/
COPY gpu-endpoint/Niche.Miner/ gpu-endpoint/Niche.Miner/
RUN dotnet publish gpu-endpoint/Niche.Miner/Niche.Miner.csproj --no-restore -c Release --use-current-runtime --no-self-contained -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS run
WORKDIR /app
COPY infra/docker/healthcheck.sh /usr/local/bin/healthcheck
COPY --from=build /app ./
RUN install -d -o $APP_UID -g $APP_UID /data
ENV DOTNET_EnableDiagnostics=0
VOLUME /data
USER $APP_UID
EXPOSE 8091
HEALTHCHECK --interval=30s --timeout=6s --start-period=20s --retries=3 CMD ["/usr/local/bin/healthcheck", "8091", "/health/live"]
ENTRYPOINT ["dotnet", "Niche.Miner.dll", "--urls", "http://0.0.0.0:8091"]
