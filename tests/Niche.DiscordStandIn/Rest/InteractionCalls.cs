using System.Text.Json;
using System.Text.Json.Nodes;
using Niche.DiscordStandIn.World;

namespace Niche.DiscordStandIn.Rest;

/// <summary>First answers, and what is done with an interaction's token afterwards.</summary>
/// <param name="world">The world.</param>
/// <param name="messages">What messages have in common.</param>
/// <param name="options">Times.</param>
internal sealed class InteractionCalls(StandInWorld world, MessageCalls messages, StandInOptions options)
{
    private static readonly ApiAnswer UnknownInteraction = ApiAnswer.Error(404, 10062, "Unknown interaction");
    private static readonly ApiAnswer UnknownWebhook = ApiAnswer.Error(404, 10015, "Unknown Webhook");
    private static readonly ApiAnswer InvalidToken = ApiAnswer.Error(401, 50027, "Invalid Webhook Token");

    /// <summary>create_interaction_response.</summary>
    public ApiAnswer Callback(ApiCall call, string id, string token)
    {
        if (!world.Interactions.TryGetValue(token, out OpenInteraction? interaction) || $"{interaction.Id}" != id) return UnknownInteraction;
        return Answer(interaction, JsonNode.Parse(call.Json!.Value.GetRawText())!.AsObject(), call) ?? ApiAnswer.Done;
    }

    /// <summary>Takes a first answer, by whatever way it came; null when it is taken.</summary>
    public ApiAnswer? Answer(OpenInteraction interaction, JsonObject callback, ApiCall call)
    {
        TimeSpan after = world.Time.GetUtcNow() - interaction.At;
        if (after > options.FirstAnswer) return UnknownInteraction;
        lock (interaction)
        {
            if (interaction.Callback is not null) return ApiAnswer.Error(400, 40060, "Interaction has already been acknowledged.");
            if (Act(interaction, (int)callback["type"]!, callback["data"] as JsonObject, call) is { } refusal) return refusal;
            interaction.Take(callback, after);
            return null;
        }
    }

    /// <summary>Calls below webhooks/{application}/{token}.</summary>
    public ApiAnswer ByToken(ApiCall call, string application, string token, string? message)
    {
        if (application != $"{world.Application}" || !world.Interactions.TryGetValue(token, out OpenInteraction? interaction)) return UnknownWebhook;
        if (interaction.Callback is null) return UnknownWebhook;
        if (world.Time.GetUtcNow() - interaction.At > options.TokenLife) return InvalidToken;
        lock (interaction)
        {
            if (call.Method == "POST") return FollowUp(call, interaction);
            StandInMessage? found = message == "@original" ? interaction.Original : interaction.Messages.FirstOrDefault(candidate => $"{candidate.Id}" == message);
            return call.Method switch
            {
                "PATCH" => messages.Edit(call, found, interaction.Channel!),
                "DELETE" => MessageCalls.Delete(found),
                _ => found is null or { IsDeleted: true } ? MessageCalls.Unknown : ApiAnswer.Ok(MessageJson.Of(found, world)),
            };
        }
    }

    private ApiAnswer FollowUp(ApiCall call, OpenInteraction interaction)
    {
        (StandInMessage? message, ApiAnswer? refusal) = messages.Create(call, interaction.Channel!, mayBeEphemeral: true);
        if (refusal is not null) return refusal;
        interaction.Add(message!);
        return ApiAnswer.Ok(MessageJson.Of(message!, world));
    }

    private ApiAnswer? Act(OpenInteraction interaction, int type, JsonObject? data, ApiCall call)
    {
        if (!IsAllowed(type, interaction)) return ApiAnswer.Invalid([new Description.Fault("type", $"{type} cannot answer an interaction of kind {interaction.Kind}")]);
        switch (type)
        {
            case 4:
                ApiCall inner = call with { Json = JsonSerializer.SerializeToElement(data) };
                (StandInMessage? message, ApiAnswer? refusal) = messages.Create(inner, interaction.Channel!, mayBeEphemeral: true);
                if (refusal is not null) return refusal;
                interaction.Original = message;
                break;
            case 5:
                int flags = data?["flags"] is { } given ? (int)given : 0;
                if ((flags & ~StandInMessage.EphemeralFlag) != 0 || data is { Count: > 1 })
                    return ApiAnswer.Invalid([new Description.Fault("data", "of a deferred answer can hold the flag EPHEMERAL only")]);
                interaction.Original = new StandInMessage
                {
                    Id = world.NextId(), Channel = interaction.Channel!.Id, At = world.Time.GetUtcNow(), Shown = new MessageContent(flags | StandInMessage.LoadingFlag, "", [], []),
                };
                world.Messages[interaction.Original.Id] = interaction.Original;
                break;
            case 6 or 7:
                interaction.Original = interaction.Source;
                if (type == 7 && messages.Edit(call with { Json = JsonSerializer.SerializeToElement(data) }, interaction.Source, interaction.Channel!) is { Status: >= 400 } fault) return fault;
                break;
        }

        if (interaction.Original is { } original) interaction.Add(original);
        return null;
    }

    private static bool IsAllowed(int type, OpenInteraction interaction) => interaction.Kind switch
    {
        1 => type == 1,
        2 => type is 4 or 5 or 9,
        3 => type is 4 or 5 or 6 or 7 or 9,
        4 => type == 8,
        _ => type is 4 or 5 || (type is 6 or 7 && interaction.Source is not null),
    };
}
