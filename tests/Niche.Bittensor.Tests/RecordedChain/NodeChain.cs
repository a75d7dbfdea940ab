using Niche.Bittensor.Chain.Extrinsics;
using Niche.Bittensor.Chain.Storage;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Scale;

namespace Niche.Bittensor.Tests.RecordedChain;

/// <summary>
/// A chain of one strict node: extrinsics are really decoded, verified and carried out on storage in the real runtime's types. Blocks come when
/// they are asked for. Safe for concurrent use.
/// </summary>
public sealed class NodeChain
{
    private readonly Lock _gate = new();
    private readonly List<NodeBlock> _blocks;
    private readonly NodePool _pool = new();
    private readonly NodeState _state;

    public NodeChain(NodeOptions options)
    {
        Options = options;
        _state = new NodeState(options.Metadata);
        _blocks = [new NodeBlock(0, options.GenesisHash, new byte[32], [], _state.Copy(), options.SpecVersion)];
    }

    public NodeOptions Options { get; private set; }

    /// <summary>Raised outside of the lock for every block.</summary>
    public event Action<NodeBlock>? Sealed;

    public NodeBlock Best => Under(() => _blocks[^1]);

    public NodeBlock Final => Under(() => _blocks[(int)Math.Max(0, (long)_blocks[^1].Number - (long)Options.FinalityLag)]);

    public NodeBlock? At(ulong number) => Under(() => number < (ulong)_blocks.Count ? _blocks[(int)number] : null);

    public NodeBlock? At(string hash) => Under(() => _blocks.Find(block => block.HashText.Equals(hash, StringComparison.OrdinalIgnoreCase)));

    public int Waiting => Under(() => _pool.Waiting.Count);

    /// <summary>Changes storage as the chain's owner could; part of the newest block from now on.</summary>
    public void Arrange(Action<NodeState> change) => Under(() =>
    {
        change(_state);
        _blocks[^1] = _blocks[^1] with { State = _state.Copy() };
        return 0;
    });

    /// <summary>Opens a subnet with loose rules: no rate limits, few neurons asked for.</summary>
    public void AddSubnet(ushort netuid, ushort tempo = 10) => Arrange(state =>
    {
        state.Set("NetworksAdded", true, netuid);
        state.Set("TotalNetworks", state.Number("TotalNetworks") + 1);
        state.Set("Tempo", tempo, netuid);
        state.Set("MinAllowedWeights", 1, netuid);
        state.Set("MaxWeightsLimit", ushort.MaxValue, netuid);
        state.Set("MaxAllowedUids", 256, netuid);
        state.Set("MaxRegistrationsPerBlock", 4, netuid);
        state.Set("CommitRevealWeightsEnabled", false, netuid);
    });

    public void Fund(string address, ulong rao) => Arrange(state => state.SetAccount(Ss58.Decode(address), rao, state.Nonce(Ss58.Decode(address))));

    /// <summary>A neuron without the way through an extrinsic.</summary>
    public ushort AddNeuron(ushort netuid, string hotkey, string coldkey, ulong stake = 0, bool permit = false)
    {
        ushort uid = 0;
        Arrange(state =>
        {
            uid = RegistrationCalls.Append(state, netuid, Ss58.Decode(hotkey), Ss58.Decode(coldkey), _blocks[^1].Number);
            state.Set("TotalHotkeyAlpha", stake, Ss58.Decode(hotkey), netuid);
            var permits = state.Flags("ValidatorPermit", netuid);
            permits[uid] = permit;
            state.Set("ValidatorPermit", permits, netuid);
        });
        return uid;
    }

    /// <summary>Takes a drand pulse into storage, as the offchain worker does.</summary>
    public void StorePulse(ulong round, byte[] signature) => Arrange(state =>
    {
        state.Set("Drand", "Pulses", new Dictionary<string, object?> { ["round"] = round, ["randomness"] = new byte[32], ["signature"] = signature }, round);
        state.Set("Drand", "LastStoredRound", round);
    });

    /// <summary>The newest block brought a new runtime, of the same metadata; from now on only extrinsics signed for it are taken.</summary>
    public void Upgrade(uint specVersion) => Under(() =>
    {
        _blocks[^1] = _blocks[^1] with { SpecVersion = specVersion };
        return Options = Options with { SpecVersion = specVersion };
    });

    public uint NextNonce(byte[] account) => Under(() => _pool.NextNonce(_state, account));

    /// <summary>Takes an extrinsic into the pool and says its hash.</summary>
    /// <exception cref="NodeRefusalException">The pool does not want it.</exception>
    public byte[] Submit(byte[] bytes)
    {
        var extrinsic = Under(() =>
        {
            var read = Validity.Read(bytes, _state);
            Validity.Check(read, _state, _blocks[^1].Number, mayWait: true);
            _pool.Add(read);
            return read;
        });
        if (Options.SealAtOnce) Seal();
        return extrinsic.Hash;
    }

    /// <summary>Makes blocks; the first takes what waits.</summary>
    public NodeBlock Seal(int count = 1)
    {
        NodeBlock block = Best;
        for (var i = 0; i < count; i++)
        {
            block = Under(SealOne);
            Sealed?.Invoke(block);
        }

        return block;
    }

    /// <summary>Makes blocks up to this number.</summary>
    public void SealTo(ulong number)
    {
        while (Best.Number < number) Seal();
    }

    private NodeValidity Validity => new(Options, number => number < (ulong)_blocks.Count ? _blocks[(int)number].Hash : null);

    private NodeBlock SealOne()
    {
        var number = _blocks[^1].Number + 1;
        var events = new NodeEvents(_state.Metadata);
        NodeRuntime.StartBlock(_state, events, number);
        var included = new List<byte[]> { TimeInherent(number) };
        events.StartExtrinsic(0);
        events.Succeeded(paysFee: true);

        // Nonces may wait for each other: go round until nothing more fits.
        for (var progress = true; progress;)
        {
            progress = false;
            foreach (var extrinsic in _pool.Waiting.ToArray())
            {
                if (extrinsic.Nonce > _state.Nonce(extrinsic.Signer)) continue;
                _pool.Remove(extrinsic);
                if (!StillValid(extrinsic, number)) continue;
                events.StartExtrinsic(included.Count);
                included.Add(extrinsic.Bytes);
                Apply(extrinsic, number, events);
                progress = true;
            }
        }

        var key = Convert.ToHexStringLower(StorageKey.Prefix(_state.Metadata.GetStorage("System", "Events")));
        _state.Entries = _state.Entries.SetItem(key, events.Encode());
        var block = NodeBlock.After(_blocks[^1], included, _state.Copy());
        _blocks.Add(block);
        return block;
    }

    private bool StillValid(NodeExtrinsic extrinsic, ulong number)
    {
        try
        {
            Validity.Check(extrinsic, _state, number - 1, mayWait: false);
            return true;
        }
        catch (NodeRefusalException)
        {
            return false; // It leaves the pool without a word, as on a real node.
        }
    }

    private void Apply(NodeExtrinsic extrinsic, ulong number, NodeEvents events)
    {
        var (call, signer) = (extrinsic.Read.Call, extrinsic.Signer);
        var pays = NodeRuntime.PaysFee(call);
        var fee = pays ? NodeRuntime.Fee : 0;
        var due = fee + extrinsic.Read.Tip;
        _state.SetAccount(signer, _state.Free(signer) - due, extrinsic.Nonce + 1);
        var (before, count) = (_state.Entries, events.Count);
        var error = NodeRuntime.Dispatch(new NodeCall(call, signer, number, _state, events));
        if (error is not null)
        {
            _state.Entries = before;
            events.Rewind(count);
        }

        events.Add("TransactionPayment", "TransactionFeePaid", new Dictionary<string, object?> { ["who"] = signer, ["actual_fee"] = due, ["tip"] = extrinsic.Read.Tip });
        if (error is null) events.Succeeded(pays);
        else events.Failed(error, pays);
    }

    private byte[] TimeInherent(ulong number)
    {
        var now = (ulong)Options.Start.AddSeconds(12 * number).ToUnixTimeMilliseconds();
        _state.Set("Timestamp", "Now", now);
        return new ScaleWriter().WriteBytes([0x04, .. ChainCall.Encode(_state.Metadata, "Timestamp", "set", now).Data.Span]).ToArray();
    }

    private T Under<T>(Func<T> read)
    {
        lock (_gate) return read();
    }
}
