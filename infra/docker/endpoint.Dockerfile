# GPU endpoint, CPU build: loads the models of /models and serves them on port 10006.
# Build from the repository root: docker build -f infra/docker/endpoint.Dockerfile -t niche-endpoint .

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
# Project files first: the restore layer stays cached until a reference changes.
# Current runtime: one platform's native libraries instead of every platform's, which would be 700 MB.
COPY Directory.Build.props Directory.Packages.props global.json .editorconfig ./
COPY shared/Niche.Inference/Niche.Inference.csproj shared/Niche.Inference/
COPY gpu-endpoint/Niche.GpuEndpoint/Niche.GpuEndpoint.csproj gpu-endpoint/Niche.GpuEndpoint/
RUN dotnet restore gpu-endpoint/Niche.GpuEndpoint/Niche.GpuEndpoint.csproj --use-current-runtime
COPY shared/Niche.Inference/ shared/Niche.Inference/
COPY gpu-endpoint/Niche.GpuEndpoint/ gpu-endpoint/Niche.GpuEndpoint/
RUN dotnet publish gpu-endpoint/Niche.GpuEndpoint/Niche.GpuEndpoint.csproj --no-restore -c Release --use-current-runtime --no-self-contained -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS run
WORKDIR /app
COPY infra/docker/healthcheck.sh /usr/local/bin/healthcheck
COPY --from=build /app ./
COPY gpu-endpoint/models/ /models/
# Diagnostics would write a socket; the root file system is read-only.
ENV DOTNET_EnableDiagnostics=0 NICHE_ENDPOINT_PROVIDER=cpu
USER $APP_UID
EXPOSE 10006
HEALTHCHECK --interval=30s --timeout=6s --start-period=60s --retries=3 CMD ["/usr/local/bin/healthcheck", "10006", "/health/ready"]
ENTRYPOINT ["dotnet", "Niche.GpuEndpoint.dll", "--urls", "http://0.0.0.0:10006", "--models", "/models"]
