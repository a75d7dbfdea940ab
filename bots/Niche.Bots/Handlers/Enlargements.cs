using System.Security.Cryptography;
using System.Text;
using Niche.Bots.Handling;
using Niche.Bots.Moderation;
using Niche.Bots.Orders;
using Niche.Bots.Outgoing;
using Niche.Bots.Pictures;
using Niche.Bots.Texts;
using Niche.Storage;
using Niche.Storage.Jobs;

namespace Niche.Bots.Handlers;

/// <summary>Enlarges a picture and sends it, called what it is.</summary>
public sealed class Enlargements(IBlobStore blobs, PictureGate gate)
{
    /// <summary>Enlarges a picture of an order and answers; what is held back there stays so in any size.</summary>
    public async Task SendAsync(Visit visit, Order order, int index, ReadOnlyMemory<byte> picture, CancellationToken ct)
    {
        (bool withheld, bool cover) = await gate.LookAsync(order, visit.Place, index, ct).ConfigureAwait(false);
        if (withheld) await visit.RefuseAsync("error.withheld", ct).ConfigureAwait(false);
        else await SendAsync(visit, picture, ct, order.Spoiler || cover).ConfigureAwait(false);
    }

    /// <summary>Enlarges a file and answers.</summary>
    public async Task SendAsync(Visit visit, ReadOnlyMemory<byte> file, CancellationToken ct, bool spoiler = false)
    {
        if (Enlarger.Enlarge(file) is not { } larger)
        {
            await visit.RefuseAsync("error.picture", ct).ConfigureAwait(false);
            return;
        }

        long limit = visit.Place.MaxUploadBytes ?? visit.Platform.Limits.MaxPictureBytes;
        if (larger.Png.Length > limit)
        {
            await visit.RefuseAsync("error.too-large", ct, Filling.Of("max", limit / 1024 / 1024)).ConfigureAwait(false);
            return;
        }

        string name = $"enlarged/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{visit.Place.Platform}:{visit.Happened.Id}")))[..32]}.png";
        await blobs.PutAsync(BotNames.Pictures, name, larger.Png, "image/png", ct).ConfigureAwait(false);
        string size = $"{larger.FromWidth}×{larger.FromHeight} → {larger.Width}×{larger.Height}";
        await visit.AnswerAsync(
            new View
            {
                Body = visit.Words.Say("upscale.done", Filling.Of("size", size)),
                Tone = Tone.Good,
                Pictures = [new Picture(BotNames.Pictures, name, "niche-enlarged.png", size, spoiler, AsFile: true)],
            },
            ct).ConfigureAwait(false);
    }
}
