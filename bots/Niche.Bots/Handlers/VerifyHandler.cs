using System.Globalization;
using System.Security.Cryptography;
using Niche.Bots.Commands;
using Niche.Bots.Handling;
using Niche.Bots.Incoming;
using Niche.Bots.Orders;
using Niche.Bots.Outgoing;
using Niche.Bots.Pictures;
using Niche.Bots.Ports;
using Niche.Bots.Texts;
using Niche.Storage;
using Niche.Subnet.Receipts;

namespace Niche.Bots.Handlers;

/// <summary>
/// <c>/verify</c>: whether a picture is byte for byte one that was delivered here, and what its receipt attests. A picture that a platform recompressed
/// cannot be judged by its bytes, and is told so; one of the bot's own messages is judged by the file that the message was made of.
/// </summary>
public sealed class VerifyHandler(OrderFinder finder, IReceiptBook receipts, INetworkFacts network) : ICommandHandler
{
    /// <inheritdoc/>
    public string Name => CommandNames.Verify;

    /// <inheritdoc/>
    public async Task RunAsync(Visit visit, CommandInput input, CancellationToken ct)
    {
        Attachment? file = input.Picture;
        if (file is { Recompressed: false })
        {
            ReadOnlyMemory<byte> bytes = await visit.DownloadAsync(file, Enlarger.MaxBytes, ct).ConfigureAwait(false);
            if (await FindAsync(bytes, ct).ConfigureAwait(false) is { } found)
            {
                await AnswerAsync(visit, found, "verify.true", ct).ConfigureAwait(false);
                return;
            }
        }

        // A grid is ours but was never delivered by a miner: its single pictures were.
        if (await finder.FindAsync(visit, input, elseNewest: false, ct).ConfigureAwait(false) is { } order
            && await OwnAsync(order, ct).ConfigureAwait(false) is { } own)
            await AnswerAsync(visit, own, "verify.own", ct).ConfigureAwait(false);
        else if (file is null) await visit.RefuseAsync("error.no-picture", ct).ConfigureAwait(false);
        else await visit.RefuseAsync(file.Recompressed ? "verify.recompressed" : "verify.unknown", ct).ConfigureAwait(false);
    }

    private async Task<SignedReceipt?> OwnAsync(Order order, CancellationToken ct)
    {
        for (int i = 0; i < order.Request.Count; i++)
        {
            if (await finder.PictureAsync(order, i, ct).ConfigureAwait(false) is { } blob && await FindAsync(blob.Content, ct).ConfigureAwait(false) is { } found) return found;
        }

        return null;
    }

    private Task<SignedReceipt?> FindAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct) =>
        receipts.FindByContentAsync(Convert.ToHexStringLower(SHA256.HashData(bytes.Span)), ct);

    private async Task AnswerAsync(Visit visit, SignedReceipt document, string key, CancellationToken ct)
    {
        Receipt receipt = document.Receipt;
        // Stored is not enough: the signature is checked again, and that it is of the validator that stands behind this bot.
        bool genuine = ReceiptCodec.Verify(document) && receipt.ValidatorHotkey == (await network.ReadAsync(ct).ConfigureAwait(false)).Validator;
        Words words = visit.Words;
        await visit.AnswerAsync(
            new View
            {
                Title = words.Line(genuine ? "verify.title" : "verify.false-title"),
                Body = words.Say(genuine ? key : "verify.false"),
                Tone = genuine ? Tone.Good : Tone.Bad,
                Fields = Fields(words, receipt),
                Footer = $"{receipt.Id} · sha256 {receipt.ContentSha256[..16]}…",
                Private = visit.IsPrivate,
            },
            ct).ConfigureAwait(false);
    }

    /// <summary>What a receipt attests, as named values.</summary>
    public static IReadOnlyList<ViewField> Fields(Words words, Receipt receipt) =>
    [
        new(words.Line("info.model"), RichText.Plain(receipt.Model)),
        new(words.Line("info.seed"), RichText.Plain(receipt.Seed.ToString(CultureInfo.InvariantCulture))),
        new(words.Line("info.miner"), RichText.Plain(string.Create(CultureInfo.InvariantCulture, $"{receipt.MinerUid} · {receipt.MinerHotkey[..8]}…"))),
        new(words.Line("info.verdict"), RichText.Plain(receipt.Similarity is { } similarity
            ? $"{receipt.Outcome} ({receipt.Reason}, {Words.Percent(similarity)})" : $"{receipt.Outcome} ({receipt.Reason})")),
        new(words.Line("info.time"), RichText.Plain(words.Time(TimeSpan.FromMilliseconds(receipt.TotalMs)))),
        new(words.Line("info.made"), RichText.Plain(receipt.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture))),
    ];
}
