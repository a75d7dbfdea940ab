# The validator's functions with the embedded trigger engine and embedded storage (SQLite and files under /data), API and Studio on port 7071.
# Build from the repository root: docker build -f infra/docker/functions.Dockerfile -t niche-functions .

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
COPY Directory.Build.props Directory.Packages.props global.json .editorconfig ./
COPY shared/Niche.Bittensor/Niche.Bittensor.csproj shared/Niche.Bittensor/
COPY shared/Niche.Subnet/Niche.Subnet.csproj shared/Niche.Subnet/
COPY shared/Niche.Storage/Niche.Storage.csproj shared/Niche.Storage/
COPY shared/Niche.Triggers/Niche.Triggers.csproj shared/Niche.Triggers/
COPY bots/Niche.Bots/Niche.Bots.csproj bots/Niche.Bots/
COPY bots/Niche.Bots.Discord/Niche.Bots.Discord.csproj bots/Niche.Bots.Discord/
COPY bots/Niche.Bots.Telegram/Niche.Bots.Telegram.csproj bots/Niche.Bots.Telegram/
COPY bots/Niche.Bots.Terminal/Niche.Bots.Terminal.csproj bots/Niche.Bots.Terminal/
COPY functions/Niche.Validator/Niche.Validator.csproj functions/Niche.Validator/
COPY functions/Niche.Functions.Local/Niche.Functions.Local.csproj functions/Niche.Functions.Local/
RUN dotnet restore functions/Niche.Functions.Local/Niche.Functions.Local.csproj --use-current-runtime
COPY shared/Niche.Bittensor/ shared/Niche.Bittensor/
COPY shared/Niche.Subnet/ shared/Niche.Subnet/
COPY shared/Niche.Storage/ shared/Niche.Storage/
COPY shared/Niche.Triggers/ shared/Niche.Triggers/
COPY bots/Niche.Bots/ bots/Niche.Bots/
COPY bots/Niche.Bots.Discord/ bots/Niche.Bots.Discord/
COPY bots/Niche.Bots.Telegram/ bots/Niche.Bots.Telegram/
COPY bots/Niche.Bots.Terminal/ bots/Niche.Bots.Terminal/
# Whole folder: the local head links the function sources of its Azure sibling.
COPY functions/ functions/
RUN dotnet publish functions/Niche.Functions.Local/Niche.Functions.Local.csproj --no-restore -c Release --use-current-runtime --no-self-contained -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS run
WORKDIR /app
COPY infra/docker/healthcheck.sh /usr/local/bin/healthcheck
COPY --from=build /app ./
RUN install -d -o $APP_UID -g $APP_UID /data
ENV DOTNET_EnableDiagnostics=0 Storage__Kind=embedded Storage__Path=/data
VOLUME /data
USER $APP_UID
EXPOSE 7071
HEALTHCHECK --interval=30s --timeout=6s --start-period=20s --retries=3 CMD ["/usr/local/bin/healthcheck", "7071", "/health/ready"]
ENTRYPOINT ["dotnet", "Niche.Functions.Local.dll", "--urls", "http://0.0.0.0:7071"]
