# names and addresses of this host
box.example
[192.0.2.26]
[IPv6:2a00:a200:0:12:0:0:0:26]
