"""Which network a configuration file describes."""
from data import CHANNELS, channels_of
from heads import HEADS
from mobilefacenet import MobileFaceNet, MobileFaceNetConfig
from network import MiniXception, NetworkConfig


def build(config):
    """The network of a configuration: the logits of all its heads side by side."""
    channels = CHANNELS[channels_of(config)]
    columns = sum(len(HEADS[attribute]) for attribute in config["heads"])
    if "mobilefacenet" in config:
        return MobileFaceNet(columns, MobileFaceNetConfig(**config["mobilefacenet"]), channels)
    return MiniXception(columns, NetworkConfig.from_dict(config["network"]), channels)
