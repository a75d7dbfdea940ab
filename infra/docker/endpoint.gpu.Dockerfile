# GPU endpoint with ONNX Runtime's CUDA provider. Run with: docker run --gpus all ...
# Build from the repository root: docker build -f infra/docker/endpoint.gpu.Dockerfile -t niche-endpoint-gpu .

# ONNX Runtime's GPU packages from 1.27 on are built for CUDA 13 and cuDNN 9; the check below stops the build when this base does not match.
ARG CUDA_IMAGE=nvidia/cuda:13.0.2-cudnn-runtime-ubuntu24.04

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
COPY Directory.Build.props Directory.Packages.props global.json .editorconfig ./
COPY shared/Niche.Inference/Niche.Inference.csproj shared/Niche.Inference/
COPY gpu-endpoint/Niche.GpuEndpoint/Niche.GpuEndpoint.csproj gpu-endpoint/Niche.GpuEndpoint/
RUN dotnet restore gpu-endpoint/Niche.GpuEndpoint/Niche.GpuEndpoint.csproj -r linux-x64 -p:OnnxRuntime=Gpu
COPY shared/Niche.Inference/ shared/Niche.Inference/
COPY gpu-endpoint/Niche.GpuEndpoint/ gpu-endpoint/Niche.GpuEndpoint/
RUN dotnet publish gpu-endpoint/Niche.GpuEndpoint/Niche.GpuEndpoint.csproj --no-restore -c Release -r linux-x64 --no-self-contained -p:OnnxRuntime=Gpu -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS dotnet

FROM ${CUDA_IMAGE} AS run
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates libssl3t64 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 1654 --no-create-home --shell /usr/sbin/nologin app
WORKDIR /app
COPY --from=dotnet /usr/share/dotnet /usr/share/dotnet
COPY infra/docker/healthcheck.sh /usr/local/bin/healthcheck
COPY --from=build /app ./
# libcuda comes from the driver at run time, so it alone may be missing here. cuDNN is opened only once a graph needs it, so ldd does not know it.
RUN missing=$(ldd libonnxruntime_providers_cuda.so | grep 'not found' | grep -v libcuda.so; ldconfig -p | grep -q libcudnn.so.9 || echo 'libcudnn.so.9 => not found') \
 && if [ -n "$missing" ]; then echo "CUDA_IMAGE does not fit this ONNX Runtime:" >&2; echo "$missing" >&2; exit 1; fi
COPY gpu-endpoint/models/ /models/
ENV PATH="/usr/share/dotnet:${PATH}" DOTNET_ROOT=/usr/share/dotnet DOTNET_EnableDiagnostics=0
# Without a GPU it ends with an error that says why, instead of painting a hundred times slower. TensorRT is not in this image.
ENV NICHE_ENDPOINT_PROVIDER=cuda
USER 1654
EXPOSE 10006
HEALTHCHECK --interval=30s --timeout=6s --start-period=180s --retries=3 CMD ["/usr/local/bin/healthcheck", "10006", "/health/ready"]
ENTRYPOINT ["dotnet", "Niche.GpuEndpoint.dll", "--urls", "http://0.0.0.0:10006", "--models", "/models"]
