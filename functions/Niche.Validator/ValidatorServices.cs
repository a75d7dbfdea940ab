using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Niche.Bittensor.Chain;
using Niche.Bittensor.Chain.Rpc;
using Niche.Bittensor.Chain.Weights;
using Niche.Bittensor.Dendrite;
using Niche.Bittensor.Keys;
using Niche.Storage;
using Niche.Storage.Jobs;
using Niche.Subnet.Errors;
using Niche.Subnet.Policy;
using Niche.Subnet.Verification;
using Niche.Validator.Chat;
using Niche.Validator.Configuration;
using Niche.Validator.Deliveries;
using Niche.Validator.Judging;
using Niche.Validator.Miners;
using Niche.Validator.Network;
using Niche.Validator.Organic;
using Niche.Validator.Receipts;
using Niche.Validator.Synthetic;
using Niche.Validator.Trusted;
using Niche.Validator.Upkeep;
using Niche.Validator.Weights;

namespace Niche.Validator;

/// <summary>Wires the validator; both heads call it.</summary>
public static class ValidatorServices
{
    private static readonly TimeSpan ReferencePatience = TimeSpan.FromSeconds(60);

    /// <summary>Adds everything that the function classes ask for.</summary>
    public static IServiceCollection AddNicheValidator(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<ValidatorOptions>().BindConfiguration(ValidatorOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ValidatorOptions>, ValidatorOptionsCheck>();
        services.AddNicheStorage(configuration);
        return services.AddIdentity().AddPeers().AddWork();
    }

    private static IServiceCollection AddIdentity(this IServiceCollection services) => services
        .AddSingleton(p => new HotkeyText(Options(p)))
        .AddSingleton(p => p.GetRequiredService<HotkeyText>().ToKeypair())
        .AddSingleton(p => new RoundSecret(p.GetRequiredService<HotkeyText>().Text))
        .AddSingleton(p => LoadPolicy(Options(p)))
        .AddSingleton(p => new PolicyDigest(SignedPolicy.Digest(p.GetRequiredService<SubnetPolicy>())))
        .AddSingleton(p => new RoundLength(TimeSpan.FromSeconds(
            Options(p).RoundSeconds > 0 ? Options(p).RoundSeconds : p.GetRequiredService<SubnetPolicy>().Capacity.IntervalSeconds)))
        .AddSingleton(_ => new InstanceId(Guid.NewGuid().ToString("n")))
        .AddSingleton(p => new JobLimits(Options(p).MaxWaitingUnits));

    private static IServiceCollection AddPeers(this IServiceCollection services)
    {
        // Addresses of nodes may hold keys: they are not logged.
        services.AddHttpClient("chain").ConfigurePrimaryHttpMessageHandler(HttpRpcConnection.CreateHandler).RemoveAllLoggers();
        services.AddHttpClient("trusted", (p, http) =>
        {
            http.BaseAddress = Options(p).ReferenceEndpoint;
            http.Timeout = ReferencePatience;
        });
        return services
            .AddSingleton<IWeightCommitStore, WeightCommitTable>()
            .AddSingleton(p => ChainAddress.Parse(Options(p).ChainEndpoint).Connect(
                Client(p, "chain"), p.GetRequiredService<TimeProvider>(), Options(p).CommitBy, p.GetRequiredService<IWeightCommitStore>()))
            .AddSingleton(p => new TrustedEndpoint(Client(p, "trusted")))
            .AddSingleton(p => new DendriteClient(
                p.GetRequiredService<Keypair>(), new HttpClient(DendriteClient.CreateHandler()), p.GetRequiredService<TimeProvider>()));
    }

    private static IServiceCollection AddWork(this IServiceCollection services) => services
        .AddSingleton<MetagraphStore>().AddSingleton<MinerStore>().AddSingleton<MetagraphSync>().AddSingleton<CapacityRefresh>().AddSingleton<ShareBook>()
        .AddSingleton<MinerClient>().AddSingleton<MinerSelector>()
        .AddSingleton<JobStore>().AddSingleton<JobService>().AddSingleton<JobEvents>().AddSingleton<JobWaiter>().AddSingleton<WaitingTimes>()
        .AddSingleton<OrganicHandler>().AddSingleton<UnitPainter>().AddSingleton<OrganicJudge>().AddSingleton<DirectRunner>()
        .AddSingleton<IDoor, ApiDoor>().AddSingleton<DeliveryHandler>().AddSingleton<ChatService>()
        .AddSingleton<PictureJudge>().AddSingleton<ReferenceCache>().AddSingleton<IReplayIndex, ReplayStore>().AddSingleton<StandingStore>()
        .AddSingleton<ScoreHandler>().AddSingleton<AuditShare>()
        .AddSingleton<ReceiptStore>().AddSingleton<ReceiptIssuer>()
        .AddSingleton<PromptSource>().AddSingleton<SyntheticHandler>().AddSingleton<RoundStarter>().AddSingleton<RoundStore>()
        .AddSingleton<Suggestions>().AddSingleton<NetworkView>()
        .AddSingleton<WeightStore>().AddSingleton<WeightDoubts>().AddSingleton<WeightSetter>().AddSingleton<Housekeeping>().AddSingleton<Readiness>();

    private static SubnetPolicy LoadPolicy(ValidatorOptions options)
    {
        if (options.PolicyFile.Length == 0) return DefaultPolicy.Load();
        Result<SignedPolicy> signed = SignedPolicy.Parse(File.ReadAllBytes(options.PolicyFile), [Convert.FromHexString(options.PolicyKey)]);
        return signed.Require().Policy;
    }

    private static ValidatorOptions Options(IServiceProvider services) => services.GetRequiredService<IOptions<ValidatorOptions>>().Value;

    private static HttpClient Client(IServiceProvider services, string name) => services.GetRequiredService<IHttpClientFactory>().CreateClient(name);
}
